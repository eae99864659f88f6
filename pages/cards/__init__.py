"""Link preview pictures (og:image) with the title of the page."""
