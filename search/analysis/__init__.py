"""Chinese text to tokens: words (jieba) and pinyin."""
