// Auditing and injecting take time in proportion to the page, whatever it is made of.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "disclosure/inject.h"
#include "support/hostile_pages.h"
#include "support/own_time.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kSmall = std::size_t{4} << 10;
/// For sixteen times the page; the square would be 256.
constexpr double kMost = 56;

std::vector<hostile::Shape> all_shapes() {
  std::vector<hostile::Shape> shapes = hostile::markup();
  for (hostile::Shape& each : hostile::articles()) shapes.push_back(std::move(each));
  return shapes;
}

Policy policy() {
  Policy policy;
  policy.jurisdictions = {"US", "UK", "DE"};
  return policy;
}

TEST(HostilePages, AreAuditedInProportionToTheirSize) {
  for (const hostile::Shape& shape : all_shapes()) {
    const double times = times_as_long([](const std::string& page) { audit(page, policy()); },
                                       shape.page(kSmall), shape.page(16 * kSmall));
    EXPECT_LT(times, kMost) << shape.name;
  }
}

TEST(HostilePages, AreDisclosedInProportionToTheirSize) {
  for (const hostile::Shape& shape : all_shapes()) {
    const double times = times_as_long([](const std::string& page) { inject(page, policy()); },
                                       shape.page(kSmall), shape.page(16 * kSmall));
    EXPECT_LT(times, kMost) << shape.name;
  }
}

}  // namespace
}  // namespace candor::disclosure
