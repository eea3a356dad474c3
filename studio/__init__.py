"""The studio: the one room that knows all others.

``studio.settings`` is the configuration, ``studio.wiring`` chooses the parts, ``studio.workspace`` keeps what was made,
``studio.loop`` runs the whole chain. The command line (``studio.cli``) and the web pages (``studio.web``) are skins:
they parse, call one function, and render.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
