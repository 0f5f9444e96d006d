// SPDX-License-Identifier: GPL-2.0-or-later
// How many leases and lines one may have, and who counts as one.
#include "core/policy/quota.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Lease;
using core::Quotas;
using core::Reason;

class AQuota : public testing::Test {
 protected:
  void lease(const Client& holder, std::size_t lines) {
    Lease lease;
    lease.id = LeaseId{next_};
    lease.holder = holder;
    for (; lines > 0; --lines) {
      lease.lines.push_back({.id = {{}, Offset{next_}}, .spec = {}, .settings = {}});
      ++next_;
    }
    leases_.add(lease);
  }

  [[nodiscard]] core::Result<void> check(const Client& holder, std::size_t lines = 1) const {
    return core::check_quota(quotas_, leases_, holder, {.lines = lines});
  }

  static Client second_client_of(const Client& holder) {
    Client other = holder;
    other.name.value += "0";
    return other;
  }

  Quotas quotas_;
  core::LeaseRegistry leases_;
  std::uint32_t next_ = 1;
};

TEST_F(AQuota, LetsAClientHaveAWholeBoardByDefault) {
  EXPECT_THAT(check(kAlice, 54), Succeeds());
}

TEST_F(AQuota, StopsALeaseTooMany) {
  quotas_.client.leases = 2;
  lease(kAlice, 1);
  EXPECT_THAT(check(kAlice), Succeeds());
  lease(kAlice, 1);
  EXPECT_THAT(check(kAlice), RefusedFor(Reason::quota_exceeded,
                                        "client :1.1 has 2 leases and asks for 1 more; its quota "
                                        "is 2: release some, or have the quota raised"));
}

TEST_F(AQuota, StopsALineTooMany) {
  quotas_.client.lines = 5;
  lease(kAlice, 3);
  EXPECT_THAT(check(kAlice, 2), Succeeds());
  EXPECT_THAT(check(kAlice, 3), RefusedFor(Reason::quota_exceeded, "has 3 lines and asks for 3"));
}

TEST_F(AQuota, CountsAUsersClientsTogether) {
  quotas_.user = {.leases = 2, .lines = 5, .calls_per_second = {}};
  lease(kAlice, 2);
  EXPECT_THAT(check(second_client_of(kAlice), 4),
              RefusedFor(Reason::quota_exceeded, "user 1000 has 2 lines"));
  lease(second_client_of(kAlice), 2);
  EXPECT_THAT(check(second_client_of(kAlice)),
              RefusedFor(Reason::quota_exceeded, "user 1000 has 2 leases"));
}

TEST_F(AQuota, StopsNobodyElse) {
  quotas_.user.leases = 1;
  quotas_.client.leases = 1;
  lease(kAlice, 1);
  EXPECT_THAT(check(kBob), Succeeds());
}

/// A lease with a buffer for so many edges.
core::Lease with_edges(std::uint32_t id, const Client& holder, std::size_t capacity,
                       core::Edge edge = core::Edge::both) {
  core::Lease lease;
  lease.id = LeaseId{id};
  lease.holder = holder;
  lease.lines.push_back({.id = {{}, Offset{id}}, .spec = {}, .settings = {.edge = edge}});
  lease.edges = core::EdgeQueue(capacity);
  return lease;
}

TEST_F(AQuota, StopsAnEdgeTooManyAndSaysHowManyThereIsRoomFor) {
  quotas_.user.edges = 3000;
  leases_.add(with_edges(1, kAlice, 2000));
  EXPECT_THAT(core::check_edges(quotas_, leases_, kAlice, 1000), Succeeds());
  EXPECT_THAT(core::check_quota(quotas_, leases_, second_client_of(kAlice), {1, 1024}),
              RefusedFor(Reason::quota_exceeded,
                         "event-buffer-size 1024 is not accepted: the buffers of user 1000 have "
                         "room for 2000 edges already, of 3000: at most 1000"));
  EXPECT_THAT(core::check_edges(quotas_, leases_, kBob, 1024), Succeeds());
}

TEST_F(AQuota, CountsNoEdgesOfALeaseThatAsksForNone) {
  quotas_.user.edges = 3000;
  leases_.add(with_edges(1, kAlice, 3000, core::Edge::none));
  EXPECT_THAT(core::check_edges(quotas_, leases_, kAlice, 3000), Succeeds());
}

TEST_F(AQuota, OfEdgesIsFarFromWhatAProgramAsksForByDefault) {
  for (std::uint32_t id = 1; id <= 64; ++id) leases_.add(with_edges(id, kAlice, 1024));
  EXPECT_THAT(core::check_edges(quotas_, leases_, kAlice, core::EdgeQueue::kMostCapacity),
              Succeeds());
}

TEST_F(AQuota, OfEdgesHasABoundForAllUsersAndKeepsSomeForTheExempt) {
  Client user = kAlice;
  for (std::uint32_t id = 1; id <= 10; ++id) {
    user.uid = 1000 + id;
    user.name.value += "0";
    leases_.add(with_edges(id, user, core::EdgeQueue::kMostCapacity));
  }
  EXPECT_THAT(core::check_edges(quotas_, leases_, kAlice, 1),
              RefusedFor(Reason::quota_exceeded,
                         "the buffers of all leases have room for 655360 "
                         "edges already, of 655360: release some first"));
  Client root = kAlice;
  root.uid = 0;
  EXPECT_THAT(core::check_edges(quotas_, leases_, root, core::kEdgesKeptForTheExempt), Succeeds());
  EXPECT_THAT(core::check_edges(quotas_, leases_, root, core::kEdgesKeptForTheExempt + 1),
              RefusedFor(Reason::quota_exceeded));
}

TEST_F(AQuota, MayBeNone) {
  quotas_.user = {};
  quotas_.client = {};
  lease(kAlice, 1000);
  EXPECT_THAT(check(kAlice, 1000), Succeeds());
}

TEST_F(AQuota, IsNoMatterForTheExempt) {
  quotas_.user.leases = 0;
  quotas_.exempt = {0, kBob.uid};
  EXPECT_THAT(check(kBob), Succeeds());
  EXPECT_THAT(check(kAlice), RefusedFor(Reason::quota_exceeded));
}

TEST_F(AQuota, DoesNotBindRootByDefault) {
  Client root = kAlice;
  root.uid = 0;
  lease(root, 1000);
  EXPECT_THAT(check(root, 1000), Succeeds());
}

}  // namespace
}  // namespace gpiobroker::test
