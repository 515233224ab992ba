/**
 * Job files: YAML or JSON in, connections and jobs out. The JSON Schemas of {@code schemas/job} and
 * {@code schemas/connection} say what a file may hold, and are what is checked. Every error names file, line, column
 * and the key's path; all errors of a file come together; none holds a secret.
 */
@NullMarked
package io.godwit.platform.jobfile;

import org.jspecify.annotations.NullMarked;
