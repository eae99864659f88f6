"""Problems for people to check: kinds, checks, and unexplained lines."""
