/**
 * The control store, as far as every function sees it: immutable documents, and the migration of its schema. The
 * planner's and the operations centre's own tables are theirs.
 */
@NullMarked
package io.godwit.platform.store;

import org.jspecify.annotations.NullMarked;
