#pragma once
// Findings of pages in the forms that other programs read: our JSON, GitHub's workflow commands and
// SARIF 2.1.0.
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/page_run.h"

namespace candor::app {

/// {"schema":"candor.audit/1","page":..,"verdicts":{..},"findings":[..],..}; injected pages also
/// have "outcome" and "why_passed_through".
nlohmann::json page_json(const PageResult& result);

/// Where a report's readers look for a page: relative to `base` when it lies below, with '/'
/// between folders; URLs, "-" and files elsewhere as they are.
std::string place_of(const std::string& page, const std::filesystem::path& base);

/// "::error file=..,line=..,col=..,title=CD104::message" for each finding, a line each.
/// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
std::string github_commands(const PageResult& result, const std::filesystem::path& base);

/// Text of pages for a workflow's log, each line behind "| ", so that none of it is a command.
std::string github_quoted(std::string_view text);

/// One run with the rules, each with its source, and every finding as a result; what could not be
/// evaluated is a notification. Files below `base` are named relative to it.
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
nlohmann::json sarif_log(const std::vector<PageResult>& results, const std::filesystem::path& base);

/// The rules with their sources:
/// [{"rule","severity","check","why","fix","severities":{"US":"warn"}}]
nlohmann::json rules_json();

}  // namespace candor::app
