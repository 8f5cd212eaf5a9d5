"""What Schemathesis has to be told of this API."""

import schemathesis

# A piece of an upload (tus 1.0.0) is bytes like any others.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
