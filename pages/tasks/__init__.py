"""The register of deadlines, its calendar."""
