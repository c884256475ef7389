"""The picture that stands for an article where a link to it is shared: drawn when it is first asked for, then kept."""
