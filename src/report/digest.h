#pragma once
// A report as mail: what needs a look, the sums beside those before, the highest rows. Every figure
// is a cell of report/sheet, so the mail says what table, CSV and dashboard say.
#include <string>
#include <vector>

#include "report/alert.h"
#include "report/dimension_report.h"

namespace candor::report {

struct Digest {
  std::string name;        ///< "Daily digest"
  DimensionReport report;  ///< finished, by article
  std::vector<Alert> alerts{};
  std::string dashboard_url{};  ///< "https://candor.example"; empty: not said
};

inline constexpr std::size_t kDigestRows = 20;    ///< the rest is in the attached file
inline constexpr std::size_t kDigestAlerts = 20;  ///< of one kind

/// "My Site: daily digest, 2026-11-22: 12 clicks, GBP 3.14 earned, 2 to look at".
std::string digest_subject(const Digest& digest);
std::string digest_text(const Digest& digest);
/// For mail programs: styles in the elements, no script, no picture, nothing loaded.
std::string digest_html(const Digest& digest);

/// The same for alerts alone.
std::string alerts_subject(const std::string& site, const std::vector<Alert>& alerts);
std::string alerts_text(const std::vector<Alert>& alerts, const std::string& dashboard_url);
std::string alerts_html(const std::vector<Alert>& alerts, const std::string& dashboard_url);

}  // namespace candor::report
