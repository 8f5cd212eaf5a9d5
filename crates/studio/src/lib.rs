//! One PC as a complete studio: server, station, cameras and pages put together; the desk's commands and their local bridge; the demo.
