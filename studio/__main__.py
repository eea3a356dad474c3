"""``python -m studio`` is ``plumbline``."""

import sys

from studio.cli import main

sys.exit(main())
