#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

/// A file of the repository, compiled in.
typedef struct {
  /// The path from the repository's top, such as `catalog/controls.tsv`.
  const char *path;
  const unsigned char *bytes;
  size_t count;
} EmbeddedFile;

/// The first of the compiled-in files; the migrations are in the order of their numbers.
const EmbeddedFile *firstEmbeddedFile(void);
extern const size_t embedded_file_count;

#endif
