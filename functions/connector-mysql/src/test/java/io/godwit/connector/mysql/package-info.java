@NullMarked
package io.godwit.connector.mysql;

import org.jspecify.annotations.NullMarked;
