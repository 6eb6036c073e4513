#pragma once
// The layouts of every network, each declared where it is read.
#include <span>
#include <vector>

#include "networks/report_layout.h"

namespace candor::networks {

std::span<const ReportLayout> amazon_layouts();
std::span<const ReportLayout> amazon_summary_layouts();
std::span<const ReportLayout> awin_layouts();
std::span<const ReportLayout> cj_layouts();
std::span<const ReportLayout> clickbank_layouts();
std::span<const ReportLayout> ebay_layouts();
std::span<const ReportLayout> flexoffers_layouts();
std::span<const ReportLayout> impact_layouts();
std::span<const ReportLayout> partnerize_layouts();
std::span<const ReportLayout> rakuten_layouts();
std::span<const ReportLayout> shareasale_layouts();
std::span<const ReportLayout> skimlinks_layouts();
std::span<const ReportLayout> sovrn_layouts();

/// All of the above, always in one order. The layouts live as long as the program.
const std::vector<const ReportLayout*>& all_layouts();

}  // namespace candor::networks
