"""One module per kind of channel; its ``KIND`` says how it is set up and how it sends."""
