// SPDX-License-Identifier: GPL-2.0-or-later
// The leases and both indices over them stay in step.
#include "core/lease/lease_registry.h"

#include <gmock/gmock.h>

namespace gpiobroker::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr LineId kLineOne{ChipId{0}, Offset{1}};
constexpr LineId kLineTwo{ChipId{0}, Offset{2}};
constexpr LineId kThree{ChipId{1}, Offset{1}};

const ClientName kAlice{":1.1"};
const ClientName kBob{":1.2"};

Lease lease(std::uint64_t id, const ClientName& holder, const std::vector<LineId>& lines) {
  Lease lease;
  lease.id = {id};
  lease.holder.name = holder;
  for (const LineId line : lines) lease.lines.push_back({line, "", {}});
  return lease;
}

class ARegistry : public testing::Test {
 protected:
  ARegistry() {
    registry_.add(lease(1, kAlice, {kLineOne, kLineTwo}));
    registry_.add(lease(2, kBob, {kThree}));
  }

  LeaseRegistry registry_;
};

TEST_F(ARegistry, FindsALeaseByItsId) {
  ASSERT_NE(registry_.find({1}), nullptr);
  EXPECT_EQ(registry_.find({1})->holder.name, kAlice);
  EXPECT_EQ(registry_.find({3}), nullptr);
}

TEST_F(ARegistry, FindsALeaseByEachOfItsLines) {
  EXPECT_EQ(registry_.of_line(kLineOne), registry_.find({1}));
  EXPECT_EQ(registry_.of_line(kLineTwo), registry_.find({1}));
  EXPECT_EQ(registry_.of_line(kThree), registry_.find({2}));
  EXPECT_EQ(registry_.of_line({ChipId{1}, Offset{2}}), nullptr);
}

TEST_F(ARegistry, FindsAllLeasesOfAHolder) {
  registry_.add(lease(3, kAlice, {{ChipId{1}, Offset{7}}}));
  EXPECT_THAT(registry_.of_holder(kAlice), ElementsAre(LeaseId{1}, LeaseId{3}));
  EXPECT_THAT(registry_.of_holder(kBob), ElementsAre(LeaseId{2}));
  EXPECT_THAT(registry_.of_holder({":1.3"}), IsEmpty());
}

TEST_F(ARegistry, PartsALineFromItsLease) {
  registry_.remove_lines({1}, {kLineOne});
  EXPECT_EQ(registry_.of_line(kLineOne), nullptr);
  EXPECT_EQ(registry_.of_line(kLineTwo), registry_.find({1}));
  EXPECT_TRUE(registry_.find({1})->has_released(kLineOne));
  EXPECT_EQ(registry_.find({1})->lines.size(), 1U);
}

TEST_F(ARegistry, LosesALeaseWithItsLastLine) {
  registry_.remove_lines({1}, {kLineOne});
  registry_.remove_lines({1}, {kLineTwo});
  EXPECT_EQ(registry_.find({1}), nullptr);
  EXPECT_EQ(registry_.of_line(kLineTwo), nullptr);
  EXPECT_THAT(registry_.of_holder(kAlice), IsEmpty());
  EXPECT_EQ(registry_.all().size(), 1U);
}

TEST_F(ARegistry, TakesAPartedLineInAnotherLease) {
  registry_.remove_lines({1}, {kLineOne});
  registry_.add(lease(3, kBob, {kLineOne}));
  registry_.remove_lines({1}, {kLineTwo});
  EXPECT_EQ(registry_.of_line(kLineOne), registry_.find({3}));
}

TEST_F(ARegistry, NotesTheSettingsOfALine) {
  registry_.note_settings({1}, kLineTwo, kSafeInput);
  EXPECT_EQ(registry_.find({1})->lines.at(1).settings, kSafeInput);
  EXPECT_EQ(registry_.find({1})->lines.at(0).settings, LineSettings{});
}

}  // namespace
}  // namespace gpiobroker::core
