// Functions of glibc that Swift's Glibc module does not show: most need _GNU_SOURCE.
#pragma once
#include <malloc.h>  // malloc_trim(3)
#include <spawn.h>
#include <sys/eventfd.h>

// pipe(2)
extern int pipe2(int descriptors[2], int flags);
// posix_spawn(3), glibc 2.29 and 2.34
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// POSIX_SPAWN_SETSID, glibc 2.26
static const short orch_spawn_setsid = 0x80;
