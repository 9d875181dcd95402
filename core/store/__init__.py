"""Database: engine, unit of work, migrations, audit trail, backup and restore."""
