@NullMarked
package io.godwit.connector.sqlite;

import org.jspecify.annotations.NullMarked;
