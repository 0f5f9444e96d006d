// SPDX-License-Identifier: LGPL-2.1-or-later
// A standard stream that can be written to although nobody may be reading it.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace gpiobroker::cli {

/// How long to wait at the end for a reader of what is left: one that reads needs less.
inline constexpr std::chrono::milliseconds kLastWords{250};

/// One of the standard streams, for who has other things to do than to wait for a reader: a pipe
/// that is full, or a terminal that was stopped, keeps a thread waiting, and nobody else. (To make
/// the stream itself non-blocking would do the same to every program that has it, too.) Made after
/// the SignalQueue, if there is one.
class Outlet {
 public:
  explicit Outlet(int stream);
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  /// What is not written yet is left.
  ~Outlet();

  /// Takes a text; while idle.
  void write(std::string text);

  enum class State {
    idle,    ///< all that was written has gone out
    busy,    ///< somebody has to read first
    failed,  ///< nobody is left to read, or nothing goes out any more for another reason
  };
  [[nodiscard]] State state() const;

  /// Can be read from when the state may have changed since it was asked for, but for the loss of
  /// the reader: poll(2) tells of that as an error of the stream.
  [[nodiscard]] int fd() const;

  /// Waits until it is no longer busy, or as long as this.
  void finish(std::chrono::milliseconds longest) const;

  [[nodiscard]] int stream() const;

 private:
  struct Desk;
  std::shared_ptr<Desk> desk_;  // the thread's, too, which may be here for longer
};

}  // namespace gpiobroker::cli
