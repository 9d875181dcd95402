"""Parts of the screen of documents."""
