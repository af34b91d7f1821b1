#!/bin/sh
exec /opt/strahl/node_modules/.bin/strahl worker --boot "$@"
