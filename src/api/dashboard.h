#pragma once
// The dashboard's files, held in the binary.
#include "http/message.h"

namespace candor::api {

/// A file of web/ or its vendor folder; "/" is index.html. 404 for others, 405 for anything but GET
/// and HEAD. Packed with gzip for whoever takes it. The first page names the others below an
/// address of their version, "/v/HASH/", where browsers keep them for good (RFC 8246); of another
/// version they are 404.
http::Response dashboard_file(const http::Request& request);

}  // namespace candor::api
