"""What people may type, whatever the field: addresses on the web, and the signs that no text may hold."""

import re

WEB_ADDRESS = re.compile(r"https?://(?![^/?#]*@)[^\s/$.?#\\][^\s\x00-\x1f\x7f\\]*", re.IGNORECASE)
"""An http(s) address; none with a name before @ or with a backslash, by which one host passes for another.

Browsers read a backslash as the slash that ends the host, programs as a sign like any other.
"""

# Control characters but for tab and line ends, and the signs that turn the direction of writing round.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
