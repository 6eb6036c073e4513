#include "networks/json_records.h"

#include <nlohmann/json.hpp>

namespace candor::networks {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 32;

/// Follows the parser's events with the path of the value to come. The outermost list is the first
/// level, a record's object the second.
class RecordCollector final : public nlohmann::json_sax<Json> {
 public:
  std::vector<JsonRecord> records;
  std::string problem;

  bool null() override { return value(nullptr); }
  bool boolean(bool given) override {
    const std::string text = given ? "true" : "false";
    return value(&text);
  }
  bool number_integer(number_integer_t given) override {
    const std::string text = std::to_string(given);
    return value(&text);
  }
  bool number_unsigned(number_unsigned_t given) override {
    const std::string text = std::to_string(given);
    return value(&text);
  }
  bool number_float(number_float_t, const string_t& text) override { return value(&text); }
  bool string(string_t& text) override { return value(&text); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    levels_.back().name = name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    if (problem.empty()) problem = "not valid JSON at byte " + std::to_string(position);
    return false;
  }

 private:
  struct Level {
    bool is_list = false;
    std::size_t index = 0;
    std::string name;
  };

  bool open(bool is_list) {
    if (levels_.empty() && !is_list) return stop("the JSON is not a list of records");
    if (levels_.size() == kMaxDepth) return stop("the JSON is nested too deeply");
    if (levels_.size() == 1) records.emplace_back();
    levels_.push_back({is_list, 0, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }
  bool value(const std::string* text) {
    if (levels_.empty()) return stop("the JSON is not a list of records");
    if (levels_.size() == 1) records.emplace_back();
    if (text && levels_.size() > 1) records.back().values[path()] = *text;
    ++levels_.back().index;
    return true;
  }
  std::string path() const {
    std::string joined;
    for (std::size_t i = 1; i < levels_.size(); ++i) {
      if (i > 1) joined += '.';
      joined += levels_[i].is_list ? std::to_string(levels_[i].index) : levels_[i].name;
    }
    return joined;
  }
  bool stop(std::string_view reason) {
    problem = reason;
    return false;
  }

  std::vector<Level> levels_;
};

}  // namespace

std::string_view JsonRecord::find(std::string_view path) const {
  const auto at = values.find(path);
  return at == values.end() ? std::string_view() : std::string_view(at->second);
}

Result<std::vector<JsonRecord>, std::string> read_json_records(std::string_view text) {
  RecordCollector collector;
  if (!Json::sax_parse(text, &collector))
    return std::unexpected(collector.problem.empty() ? "not valid JSON" : collector.problem);
  return std::move(collector.records);
}

}  // namespace candor::networks
