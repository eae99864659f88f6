"""Read Word files, and what LibreOffice converts to one."""
