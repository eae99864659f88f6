"""Read Word files, and files that LibreOffice converts to one."""
