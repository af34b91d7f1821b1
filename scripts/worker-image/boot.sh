#!/bin/sh
# STRAHL: the program, where it is not that of the image.
exec "${STRAHL:-/opt/strahl/node_modules/.bin/strahl}" worker --boot "$@"
