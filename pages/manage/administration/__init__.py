"""Parts of «Администрирование»: one file a tab or a part of one."""
