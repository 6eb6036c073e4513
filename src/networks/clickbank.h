#pragma once
// ClickBank's kinds of transactions, alike in its orders and in its notifications.
#include <string>
#include <string_view>

namespace candor::networks {

/// Refunds and chargebacks: records of their own that take a sale back.
bool clickbank_takes_back(std::string_view kind);

/// Of one record: a receipt has several.
std::string clickbank_identity(std::string_view receipt, std::string_view kind,
                               std::string_view item);

}  // namespace candor::networks
