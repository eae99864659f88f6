"""The review page: the extracted fields beside the text, corrected one by one."""
