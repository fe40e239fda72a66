/*
 * Counts the calls by which a process changes files, and makes one of them go wrong.
 *
 * Preloaded into a process (LD_PRELOAD). FAULT_AT=n names the n-th call, counted from 1:
 *   FAULT_KIND=kill   the process is killed before the call
 *   FAULT_KIND=full   this call and all later ones fail with ENOSPC, as on a full disk
 * Without FAULT_AT the calls are only counted, and FAULT_COUNT names the file that the number goes to.
 * Only files below FAULT_BELOW count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static int fails;

static int below(const char *path) {
  const char *folder = getenv("FAULT_BELOW");
  return folder == NULL || strncmp(path, folder, strlen(folder)) == 0;
}

static int of(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return below(path);
}

/* Whether the call that is about to happen is to fail. */
static int faulty(void) {
  const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
  long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  if (at == NULL) return 0;
  if (number == atol(at)) {
    if (kind != NULL && strcmp(kind, "kill") == 0) kill(getpid(), SIGKILL);
    fails = 1;
  }
  if (fails) errno = ENOSPC;
  return fails;
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("FAULT_COUNT");
  FILE *file = path == NULL ? NULL : fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", calls);
  fclose(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (descriptor > 2 && of(descriptor) && faulty()) return -1;
  return REAL(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (of(descriptor) && faulty()) return -1;
  return REAL(pwrite)(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  if (of(descriptor) && faulty()) return -1;
  return REAL(pwrite64)(descriptor, bytes, count, offset);
}

int ftruncate(int descriptor, off_t size) {
  if (of(descriptor) && faulty() && size > 0) return -1;
  return REAL(ftruncate)(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
  if (of(descriptor) && faulty() && size > 0) return -1;
  return REAL(ftruncate64)(descriptor, size);
}

int fsync(int descriptor) {
  if (of(descriptor) && faulty()) return -1;
  return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
  if (of(descriptor) && faulty()) return -1;
  return REAL(fdatasync)(descriptor);
}

/* A full disk takes names away, and gives none. */
int unlink(const char *path) {
  if (below(path)) faulty();
  return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
  if (below(to) && faulty()) return -1;
  return REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  if (below(to) && faulty()) return -1;
  return REAL(link)(from, to);
}
