/** What the demo needs: two databases of a user's, and a known public data set in one of them. */
@NullMarked
package io.godwit.local.demo;

import org.jspecify.annotations.NullMarked;
