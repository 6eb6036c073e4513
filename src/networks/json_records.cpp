#include "networks/json_records.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace candor::networks {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 32;

/// Follows the parser's events with the path of the value to come.
class RecordCollector final : public nlohmann::json_sax<Json> {
 public:
  /// Without `records`, all of it is what stands outside of them.
  explicit RecordCollector(bool records = true) : records_(records) {}

  RecordList list;
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
    if (levels_.size() == kMaxDepth) return stop("the JSON is nested too deeply");
    if (records_ && levels_.empty() && is_list) records_depth_ = 1;
    if (records_ && records_depth_ == 0 && !is_list && begins_records())
      records_depth_ = levels_.size();
    if (begins_record()) list.records.emplace_back();
    levels_.push_back({is_list, 0, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    if (levels_.size() < records_depth_) records_ended_ = true;
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }
  bool value(const std::string* text) {
    if (levels_.empty()) return stop("the JSON is neither a list nor an object");
    if (begins_record()) list.records.emplace_back();
    const bool within = in_records() && levels_.size() > records_depth_;
    if (text && within) list.records.back().values[path(records_depth_)] = *text;
    if (text && !in_records()) list.rest.values[path(0)] = *text;
    ++levels_.back().index;
    return true;
  }
  bool in_records() const {
    return records_depth_ != 0 && !records_ended_ && levels_.size() >= records_depth_;
  }
  bool begins_record() const { return in_records() && levels_.size() == records_depth_; }
  /// A list that only objects enclose, before its first element.
  bool begins_records() const {
    if (levels_.size() < 2 || !levels_.back().is_list || levels_.back().index != 0) return false;
    return std::none_of(levels_.begin(), levels_.end() - 1,
                        [](const Level& level) { return level.is_list; });
  }
  std::string path(std::size_t from) const {
    std::string joined;
    for (std::size_t i = from; i < levels_.size(); ++i) {
      if (i > from) joined += '.';
      joined += levels_[i].is_list ? std::to_string(levels_[i].index) : levels_[i].name;
    }
    return joined;
  }
  bool stop(std::string_view reason) {
    problem = reason;
    return false;
  }

  bool records_;
  std::vector<Level> levels_;
  std::size_t records_depth_ = 0;  ///< levels around a record: the list of records is the last
  bool records_ended_ = false;
};

}  // namespace

Result<RecordList, std::string> read_json_records(std::string_view text) {
  RecordCollector collector;
  if (!Json::sax_parse(text, &collector))
    return std::unexpected(collector.problem.empty() ? "not valid JSON" : collector.problem);
  return std::move(collector.list);
}

Result<Record, std::string> read_json_values(std::string_view text) {
  RecordCollector collector(false);
  if (!Json::sax_parse(text, &collector))
    return std::unexpected(collector.problem.empty() ? "not valid JSON" : collector.problem);
  return std::move(collector.list.rest);
}

}  // namespace candor::networks
