"""Organisations, associations, accounts, and Scope: who may see and change what."""
