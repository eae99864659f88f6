"""Pictures that chats and social sites show beside a link (og:image), with the title drawn into them."""
