#pragma once
// The html5lib suite's tree-construction cases: a page and the tree a browser makes of it.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::html {

struct TreeElement {
  std::string space;                              ///< "", "svg" or "math"
  std::string name;                               ///< lower case
  std::map<std::string, std::string> attributes;  ///< names as in the dump
  std::string text;  ///< its character data and its descendants', joined
};

struct TreeCase {
  std::string data;
  std::optional<std::string> fragment;  ///< "td", "svg path", ...
  bool script_off = false;
  std::vector<TreeElement> elements;
  std::vector<std::string> comments;
  std::size_t line = 0;  ///< of "#data"
};

std::vector<TreeCase> parse_tree_cases(const std::string& file);

}  // namespace candor::html
