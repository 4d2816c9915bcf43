"""`python -m allhands` is the same as the command `allhands`."""

from allhands.cli import main

if __name__ == "__main__":
    main()
