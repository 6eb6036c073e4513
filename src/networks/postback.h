#pragma once
// What a network's server tells of one commission as it happens: the parameters of its request,
// read as a row of a report is.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "networks/mapping.h"
#include "networks/report_file.h"

namespace candor::networks {

/// By name; those of a JSON body by their path ("lineItems.0.itemNo").
using PostbackValues = std::map<std::string, std::string, std::less<>>;

struct PostbackParameter {
  ColumnRole role;
  std::string_view name;   ///< as our URL calls it; compared without case, '_' and '-'
  std::string_view macro;  ///< that the network replaces with the value; empty: only in bodies
};

struct PostbackLayout {
  std::string_view network;
  std::string_view place;  ///< where the URL is pasted at the network
  LayoutCertainty certainty = LayoutCertainty::Documented;
  std::span<const PostbackParameter> parameters;
};

/// Of the network, or the general one: its parameters are named as the meanings of columns are.
const PostbackLayout& postback_layout(std::string_view network);

/// "id={ActionId}&payout={Payout}": what stands behind the '?' of the URL at the network.
std::string postback_query(const PostbackLayout& layout);

struct PostbackOptions {
  std::string account;
  std::optional<Currency> currency;           ///< where the request tells none
  std::map<ColumnRole, std::string> names{};  ///< the owner's, before those of the layout
};

/// Which parameter, and what is wrong with it.
struct PostbackError {
  std::string name;
  std::string message;
};

/// Nothing: it is no commission (a test, a cancelled subscription). The row's identity is that of
/// the network's reports, so that the three ways in speak of the same commission. Pending when no
/// status is told. Id, date and commission are needed.
Result<std::optional<CommissionRow>, PostbackError> read_postback(std::string_view network,
                                                                  const PostbackValues& values,
                                                                  const PostbackOptions& options);

}  // namespace candor::networks
