#pragma once
// ClickBank's notifications come sealed with a key that the owner and ClickBank share.
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::api {

/// Opens the body {"notification", "iv"}, both base64: AES-256-CBC under the first 32 hex digits of
/// the SHA-1 of the secret ("Instant Notification Service", support.clickbank.com, read 2026-11).
/// Gives the JSON inside; the error is a sentence and holds nothing of the secret.
Result<std::string, std::string> open_notification(std::string_view body, std::string_view secret);

}  // namespace candor::api
