/**
 * Indices of OpenSearch and Elasticsearch as a sink. A table is an alias; each step writes an index of its own, which
 * nobody sees until one request puts it under the alias. A document counts from the moment at which the ledger in the
 * control store names its attempt; what no ledger row names is deleted before it could be seen.
 */
@NullMarked
package io.godwit.connector.opensearch;

import org.jspecify.annotations.NullMarked;
