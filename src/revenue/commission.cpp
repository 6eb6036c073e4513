#include "revenue/commission.h"

namespace candor {
namespace {

constexpr std::array<std::string_view, kCommissionStatusCount> kStatusNames{"pending", "approved",
                                                                            "reversed", "paid"};

}  // namespace

std::string_view name_of(CommissionStatus status) {
  return kStatusNames.at(static_cast<std::size_t>(status));
}

std::optional<CommissionStatus> find_commission_status(std::string_view name) {
  for (std::size_t i = 0; i < kStatusNames.size(); ++i)
    if (kStatusNames[i] == name) return static_cast<CommissionStatus>(i);
  return std::nullopt;
}

}  // namespace candor
