#include "app/idle_priority.h"

#include <pthread.h>
#include <sched.h>

namespace candor::app {

void set_priority(std::jthread& thread, Priority priority) {
  const sched_param none{};
  ::pthread_setschedparam(thread.native_handle(),
                          priority == Priority::Idle ? SCHED_IDLE : SCHED_OTHER, &none);
}

}  // namespace candor::app
