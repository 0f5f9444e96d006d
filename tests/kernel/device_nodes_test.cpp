// SPDX-License-Identifier: GPL-2.0-or-later
// Device nodes that come, go and change their names while their chips stay.
#include <filesystem>
#include <system_error>

#include <sys/stat.h>

#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

const fs::path kFurtherNode = "/dev/gpiochip97";

dev_t device_of(const fs::path& node) {
  struct stat status {};
  if (stat(node.c_str(), &status) != 0) throw std::system_error(errno, std::generic_category());
  return status.st_rdev;
}

void make_node(const fs::path& node, dev_t device) {
  if (mknod(node.c_str(), S_IFCHR | 0600, device) == 0) return;
  throw std::system_error(errno, std::generic_category(), node.string());
}

TEST(AStartOnAChipWithTwoNodes, ServesItOnce) {
  const GpioSim chip({.label = "two-nodes", .names = {"TWICE"}});
  make_node(kFurtherNode, device_of(chip.device()));
  const TestBus bus;
  DaemonProcess daemon({.arguments = {"--address", bus.address()}, .user = kRoot});
  daemon.wait_until_ready();
  fs::remove(kFurtherNode);
  EXPECT_THAT(daemon.log(),
              HasSubstr(kFurtherNode.string() + " is a further node of chip " + chip.chip_name()));
  ClientProcess client(bus.address(), kRoot);
  EXPECT_THAT(client.acquire({"TWICE"}, driven_high()), Succeeded());
}

/// A line is leased and driven all the while.
class ADeviceNode : public BrokerTest {
 protected:
  ADeviceNode() : lease_(lease_in(holder_.acquire({"GPIO17"}, driven_high()))) {}
  /// The kernel removes with a chip what it made itself: any other node would be there before the
  /// next chip is, and none would come with that.
  ~ADeviceNode() override {
    fs::remove(kFurtherNode);
    fs::remove(node_);
  }

  bool broker_says(const std::string& words) {
    return eventually([&] { return daemon_.log().find(words) != std::string::npos; });
  }

  /// The next look at the nodes is over when a chip that came after them is known.
  void have_nodes_looked_at() {
    const GpioSim chip({.label = "looked-at", .names = {"LOOKED_AT"}});
    const auto knows = [&] {
      return observer_.call(on_manager("FindLine", "s", Json::array({"LOOKED_AT"}))).error.empty();
    };
    EXPECT_TRUE(eventually(knows));
  }

  void expect_the_lease_to_live() {
    EXPECT_TRUE(is_driven(*board_, kGpio17));
    ASSERT_THAT(holder_.set_values(lease_, {{"GPIO17", 0}}), Succeeded());
    ASSERT_THAT(holder_.set_values(lease_, {{"GPIO17", 1}}), Succeeded());
    holder_.kill();
    wait_for_goodbye(holder_);
    EXPECT_FALSE(is_driven(*board_, kGpio17));
    if (!fs::exists(node_)) make_node(node_, device_);  // by which the test looks at the line
    EXPECT_TRUE(is_safe(kGpio17));
  }

  const fs::path node_ = "/dev/" + board_->chip_name(kHeader);
  const dev_t device_ = device_of(node_);
  ClientProcess holder_ = client();
  std::string lease_;
};

TEST_F(ADeviceNode, OfAChipThatHasOneIsPassedOverAndToldOfOnce) {
  make_node(kFurtherNode, device_);
  const std::string words = kFurtherNode.string() + " is a further node";
  EXPECT_TRUE(broker_says(words));
  have_nodes_looked_at();
  const std::string log = daemon_.log();
  EXPECT_EQ(log.find(words), log.rfind(words)) << log;
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, ThatIsRemovedEndsNothingWhileItsChipLives) {
  fs::remove(node_);
  EXPECT_TRUE(broker_says("the node " + node_.string() + " of chip"));
  have_nodes_looked_at();
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, ThatIsRenamedEndsNothing) {
  fs::rename(node_, kFurtherNode);
  EXPECT_TRUE(broker_says("the node " + node_.string() + " of chip"));
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, ThatIsMadeAgainIsThatOfTheSameChip) {
  fs::remove(node_);
  EXPECT_TRUE(broker_says("the node " + node_.string() + " of chip"));
  make_node(node_, device_);
  have_nodes_looked_at();
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, IsAlsoFoundByALinkToIt) {
  const fs::path link = "/dev/gpiochip96";
  const auto found = [&] {
    return observer_.call(on_manager("FindLine", "s", Json::array({"gpiochip96:17"})));
  };
  EXPECT_THAT(found(), RefusedFor("NoSuchLine"));
  fs::create_symlink(node_.filename(), link);
  EXPECT_TRUE(eventually([&] { return found().error.empty(); }));
  EXPECT_EQ(found().values.at(0), line_path("GPIO17"));
  fs::remove(link);
  EXPECT_TRUE(eventually([&] { return !found().error.empty(); }));
}

TEST_F(ADeviceNode, ThatWasThereBeforeItsChipIsFoundWhenThatComes) {
  const auto knows = [&](const std::string& line) {
    return observer_.call(on_manager("FindLine", "s", Json::array({line}))).error.empty();
  };
  std::optional<GpioSim> chip(GpioSim::Setup{.label = "usb-gpio", .names = {"EARLIER"}});
  ASSERT_TRUE(eventually([&] { return knows("EARLIER"); }));
  const fs::path node = chip->device();
  const dev_t device = device_of(node);
  chip.reset();
  ASSERT_TRUE(eventually([&] { return !knows("EARLIER"); }));
  make_node(node, device);
  EXPECT_TRUE(broker_says(node.string() + " is a node of no chip"));
  chip.emplace(GpioSim::Setup{.label = "usb-gpio", .names = {"LATER"}});
  ASSERT_EQ(chip->device(), node);
  EXPECT_TRUE(eventually([&] { return knows("LATER"); }));
  fs::remove(node);
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, WithAZeroBeforeItsNumberDoesNotHideTheOther) {
  const GpioSim chip({.label = "usb-gpio", .names = {"PLUG0"}});
  std::string name = chip.chip_name();
  name.insert(name.find_first_of("0123456789"), "0");
  const fs::path twin = "/dev/" + name;
  ASSERT_TRUE(eventually([&] {
    return observer_.call(on_manager("FindLine", "s", Json::array({"PLUG0"}))).error.empty();
  }));
  make_node(twin, device_of(chip.device()));
  EXPECT_TRUE(broker_says(twin.string() + " is a further node"));
  EXPECT_THAT(daemon_.log(), Not(HasSubstr("the node " + chip.device().string() + " of chip")));
  fs::remove(twin);
  expect_the_lease_to_live();
}

TEST_F(ADeviceNode, ThatIsRemovedDoesNotHideThatItsChipGoes) {
  std::optional<GpioSim> chip(GpioSim::Setup{.label = "usb-gpio", .names = {"PLUG0"}});
  const auto knows = [&] {
    return observer_.call(on_manager("FindLine", "s", Json::array({"PLUG0"}))).error.empty();
  };
  ASSERT_TRUE(eventually(knows));
  ASSERT_THAT(holder_.acquire({"PLUG0"}, driven_high()), Succeeded());
  fs::remove(chip->device());
  EXPECT_TRUE(broker_says("the node " + chip->device().string() + " of chip"));
  chip.reset();
  EXPECT_TRUE(eventually([&] { return !knows(); }));
  EXPECT_THAT(daemon_.log(), HasSubstr("chip-removed"));
  expect_the_lease_to_live();
}

}  // namespace
}  // namespace gpiobroker::test
