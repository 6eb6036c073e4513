#pragma once
// Which currency an Amazon report counts in: no file says it in so many words.
#include <optional>
#include <string_view>

#include "networks/field_table.h"

namespace candor::networks {

/// The header's own sign ("Ad Fees($)") is believed first; "$" alone is the US dollar unless the
/// owner says which other. Without one the owner's word counts, then the region that ends every
/// tracking id, where the file has them: "-20" North America, "-21" the United Kingdom or, with
/// decimal commas, the euro countries.
std::optional<Currency> amazon_currency(const FieldTable& table, std::size_t amount_field,
                                        std::optional<std::size_t> tag_field, DecimalMark mark,
                                        const ReportOptions& options);

}  // namespace candor::networks
