"""``python -m aftercare`` does what the console script does."""

from aftercare.cli import main

if __name__ == "__main__":
    main()
