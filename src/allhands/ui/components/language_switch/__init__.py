"""The other language by its own name, same page; no flags."""
