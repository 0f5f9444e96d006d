// SPDX-License-Identifier: GPL-2.0-or-later
// A client of the broker in a process of its own, which the test can end in any way.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/line_stream.h"
#include "harness/process.h"
#include "harness/reply.h"

namespace gpiobroker::test {

/// Users that every system has: dbus-daemon turns away those that it does not find.
inline constexpr uid_t kRoot = 0;
inline constexpr uid_t kNobody = 65534;    ///< the user nobody, for any ordinary one
inline constexpr uid_t kSomebodyElse = 1;  ///< the user daemon, for another

inline constexpr const char* kManagerPath = "/org/gpiobroker1";
inline constexpr const char* kManager = "org.gpiobroker1.Manager";
inline constexpr const char* kLease = "org.gpiobroker1.Lease";
inline constexpr const char* kLine = "org.gpiobroker1.Line";
inline constexpr const char* kProperties = "org.freedesktop.DBus.Properties";
inline constexpr const char* kObjectManager = "org.freedesktop.DBus.ObjectManager";

struct Call {
  std::string path;
  std::string interface;
  std::string member;
  std::string signature = {};
  Json arguments = Json::array();
  std::string destination = "org.gpiobroker1";
};

/// Runs gpiobroker-test-client. Lives on the bus under one name until it ends.
class ClientProcess {
 public:
  ClientProcess(const std::string& bus_address, uid_t user);

  [[nodiscard]] const std::string& bus_name() const { return bus_name_; }
  [[nodiscard]] Process& process() { return process_; }

  Reply call(const Call& call);

  Reply acquire(const std::vector<std::string>& lines, const Settings& settings);
  Reply get_values(const std::string& lease, const std::vector<std::string>& lines = {});
  Reply set_values(const std::string& lease, const std::map<std::string, int>& values);
  Reply reconfigure(const std::string& lease, const std::vector<std::string>& lines,
                    const Settings& settings);
  Reply release(const std::string& lease, const std::vector<std::string>& lines = {});
  Reply release_lines(const std::vector<std::string>& lines);

  /// Reads a line with a name of so many bytes.
  Reply read_line_of_long_name(std::size_t bytes);

  /// Makes a message and keeps it to itself.
  void prepare(const Call& call);

  /// Sends a call and does not look at the answer. It is with the bus when this returns.
  void send(const Call& call);

  /// Sends a call, says that it wants an answer, and does not read it.
  void ask_and_not_listen(const Call& call);

  /// Sends a call, says that it wants no answer, and is gone without another step.
  void send_and_vanish(const Call& call);

  /// Returns once the bus has dealt with all that was sent.
  void wait_for_bus();

  /// Sends a signal to one client alone, in whosever name the call's path and interface are.
  void send_signal(const Call& signal);

  /// Takes another name for its command, of at most 15 bytes without a NUL.
  void rename(const std::string& bytes);

  /// Starts to keep the signals that fit a match rule; signals() gives them, oldest first.
  void watch(const std::string& rule);
  Json signals();

  /// Answers each question whether it is there (Ping) with an error from now on; how many there
  /// were.
  void refuse_pings() { ask({{"do", "refuse-pings"}}); }
  unsigned pings() { return ask({{"do", "pings"}}).at("ok"); }

  /// Tries to release, and to have passed on to itself, the leases of so many numbers, whosever
  /// they are. Returns how often it was answered with which error, and with "" for none.
  std::map<std::string, unsigned> guess_leases(std::uint64_t first, std::uint64_t count);

  /// Starts to acquire and release a line until it had it so many times, as client/race.h says; and
  /// gives what came of it.
  void start_race(const std::string& line, unsigned times);
  Json end_of_race() { return answer().at("ok"); }

  /// Lease.OpenDirect: the names of the lines of each request. The client keeps the descriptors,
  /// until it closes them all.
  Reply open_direct(const std::string& lease);
  void close_direct() { ask({{"do", "close-direct"}}); }

  /// What it does by them: 0 or an errno; a level, or an edge (1 rising, 2 falling), or -errno.
  int set_directly(const std::string& line, int value);
  int get_directly(const std::string& line);
  int drive_directly(const std::string& line, int value);
  int make_input_directly(const std::string& line, std::uint64_t more_flags = 0);
  int read_edge_directly(const std::string& line);

  /// Drives a line high and low by them until it is killed, after some microseconds; `configures`:
  /// by making it an input and an output.
  void toggle_until_killed(const std::string& line, unsigned microseconds, bool configures);

  /// Forks; the child has the descriptors and not the connection to the bus. It drives the line
  /// again and again, if so, and lives until somebody kills it.
  pid_t leave_a_child(const std::string& line, bool drives);

  /// Forks; the child has the connection to the bus open too and lives until the test lets go of
  /// this object or kills it.
  pid_t fork();

  /// How programs end: "return", "exit", "abort", "crash". SIGKILL comes by process().
  ProcessEnd end(const std::string& how);
  ProcessEnd kill();

  /// Acquires, sets and releases lines in an order that the seed gives, until it is killed, some
  /// microseconds after the first call.
  void churn_until_killed(const std::vector<std::string>& lines, unsigned seed,
                          unsigned microseconds);

 private:
  Json ask(const Json& command);
  Json answer();
  void tell(const Json& command) const;

  Pipe commands_;
  Pipe answers_;
  Process process_;
  LineReader reader_;
  std::string bus_name_;
};

/// Calls to send by hand.
[[nodiscard]] Call on_manager(const char* member, const char* signature, const Json& arguments);
[[nodiscard]] Call on_lease(const std::string& lease, const char* member, const char* signature,
                            const Json& arguments);
[[nodiscard]] Call acquiring(const std::vector<std::string>& lines, const Settings& settings);

}  // namespace gpiobroker::test
