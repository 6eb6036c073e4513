<?php
/**
 * Sends articles to Candor when they are saved, keeps what comes back, and tries again what failed.
 *
 * Post meta: _candor_pages (hash of the rendered content => what Candor made of it), _candor_seen (rendered content that
 * waits), _candor_state (verdict and number of paid links), _candor_waiting (why, since when, tries, next try),
 * _candor_revision (of Candor's rules when the post was last processed).
 */

defined( 'ABSPATH' ) || exit;

// save_post comes before terms and fields are stored, which shortcodes may show; this one comes behind.
add_action( 'wp_after_insert_post', 'candor_post_saved', 20, 2 );
add_action( 'permalink_structure_changed', 'candor_process_all_again' ); // Links carry the article's path.
add_action( CANDOR_TICK, 'candor_tick' );

function candor_post_saved( $post_id, $post ) {
	if ( wp_is_post_revision( $post_id ) || wp_is_post_autosave( $post_id ) || ! candor_is_set_up() || ! candor_is_public( $post ) ) {
		return;
	}
	delete_post_meta( $post_id, '_candor_seen' );
	candor_process( $post );
}

/** The article's content as readers get it, a string per page of it, with placeholders for what WordPress numbers. */
function candor_rendered( $post ) {
	$collected = &candor_collected();
	if ( null !== $collected ) {
		return array();
	}
	$outer           = isset( $GLOBALS['post'] ) ? $GLOBALS['post'] : null;
	$GLOBALS['post'] = $post; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited
	setup_postdata( $post );
	$found = array();
	ob_start(); // A shortcode may print instead of giving its text back.
	foreach ( (array) $GLOBALS['pages'] as $page ) {
		$collected = array();
		apply_filters( 'the_content', str_replace( ']]>', ']]&gt;', $page ) );
		$found     = array_merge( $found, array_slice( $collected, -1 ) );
		$collected = null;
	}
	ob_end_clean();
	$GLOBALS['post'] = $outer; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited
	if ( $outer ) {
		setup_postdata( $outer );
	}
	return array_map(
		static function ( $content ) {
			return candor_masked( $content )[0];
		},
		$found
	);
}

/** Has Candor process a published post. True when it is done; else the post waits for another try. */
function candor_process( $post, $seconds = 8 ) {
	if ( get_transient( 'candor_down' ) ) {
		candor_set_waiting( $post->ID, __( 'Candor did not answer a moment ago.', 'candor' ), false );
		return false;
	}
	$seen     = get_post_meta( $post->ID, '_candor_seen', true );
	$contents = array_merge( candor_rendered( $post ), array_values( is_array( $seen ) ? $seen : array() ) );
	$pages    = array();
	$state    = null;
	foreach ( array_unique( $contents ) as $content ) {
		$made = candor_made_of( $content, $post, $seconds );
		if ( is_wp_error( $made ) ) {
			candor_set_waiting( $post->ID, $made->get_error_message() );
			if ( 'candor_unreachable' === $made->get_error_code() ) {
				set_transient( 'candor_down', 1, 30 ); // Whoever saves the next post shall not wait, too.
			}
			return false;
		}
		$state = $state ?? $made['state'];

		$pages[ hash( 'sha256', $content ) ] = $made['page'];
	}
	update_post_meta( $post->ID, '_candor_pages', wp_slash( $pages ) );
	update_post_meta( $post->ID, '_candor_state', wp_slash( $state ?? candor_state_without_links() ) );
	update_post_meta( $post->ID, '_candor_revision', candor_fallback()['revision'] ?? '' );
	delete_post_meta( $post->ID, '_candor_waiting' );
	delete_post_meta( $post->ID, '_candor_seen' );
	return true;
}

function candor_state_without_links() {
	return array( 'verdict' => 'not-applicable', 'links' => 0, 'findings' => array() );
}

/** array( 'page' => array( 'content', 'head' ), 'state' ) or a WP_Error. A null content: it can stay as it is. */
function candor_made_of( $content, $post, $seconds ) {
	$as_it_is = array( 'content' => null, 'head' => '' );
	if ( false === stripos( $content, '<a' ) && false === stripos( $content, '<area' ) ) {
		return array( 'page' => $as_it_is, 'state' => candor_state_without_links() );
	}
	$query  = array(
		'path'          => candor_article_path( $post ),
		'fragment'      => 1,
		'page_language' => get_bloginfo( 'language' ),
		'title'         => substr( wp_strip_all_tags( get_the_title( $post ) ), 0, 1000 ),
	);
	$answer = candor_ask( 'POST', '/inject', $query, $content, $seconds );
	if ( is_wp_error( $answer ) ) {
		return $answer;
	}
	$outcome = $answer['outcome'] ?? '';
	$after   = is_array( $answer['after'] ?? null ) ? $answer['after'] : array();
	if ( 'passed-through' === $outcome ) {
		/* translators: %s: reason */
		return new WP_Error( 'candor_passed_through', sprintf( __( 'Candor cannot edit this post safely: %s', 'candor' ), $answer['why_passed_through'] ?? '' ) );
	}
	if ( ! is_string( $answer['page'] ?? null ) || ! in_array( $outcome, array( 'changed', 'unchanged' ), true ) ) {
		return new WP_Error( 'candor_answer', __( 'Candor answers in a way this plugin does not know. Update both.', 'candor' ) );
	}
	$page = 'changed' === $outcome ? array( 'content' => $answer['page'], 'head' => (string) ( $answer['head'] ?? '' ) ) : $as_it_is;
	return array( 'page' => $page, 'state' => candor_state_of( $after ) );
}

function candor_state_of( $after ) {
	$findings = array();
	foreach ( $after['findings'] ?? array() as $finding ) {
		if ( 'info' !== ( $finding['severity'] ?? '' ) && count( $findings ) < 5 ) {
			$findings[] = $finding['rule'] . ': ' . $finding['message'];
		}
	}
	foreach ( array_slice( (array) ( $after['not_evaluated'] ?? array() ), 0, 5 ) as $reason ) {
		$findings[] = (string) $reason;
	}
	return array(
		'verdict'  => (string) ( $after['verdict'] ?? '' ),
		'links'    => count( $after['links'] ?? array() ),
		'findings' => $findings,
	);
}

/** Notes that a post waits; a try that failed makes the next one later, up to a day. */
function candor_set_waiting( $post_id, $reason, $counts = true ) {
	$was   = get_post_meta( $post_id, '_candor_waiting', true );
	$was   = is_array( $was ) ? $was : array( 'since' => time(), 'tries' => 0, 'next' => time() );
	$tries = $was['tries'] + ( $counts ? 1 : 0 );
	$next  = $counts && $was['tries'] > 0 ? time() + min( DAY_IN_SECONDS, MINUTE_IN_SECONDS * 2 ** min( 11, $tries ) ) : $was['next'];
	update_post_meta( $post_id, '_candor_waiting', wp_slash( array( 'reason' => $reason, 'since' => $was['since'], 'tries' => $tries, 'next' => $next ) ) );
}

/** Posts that wait: ID => array( 'reason', 'since', 'tries', 'next' ), the longest waiting first. */
function candor_waiting( $most = 200 ) {
	$ids     = get_posts(
		array(
			'post_type'        => candor_post_types(),
			'post_status'      => 'publish',
			'fields'           => 'ids',
			'posts_per_page'   => $most,
			'orderby'          => 'ID',
			'order'            => 'ASC',
			'meta_key'         => '_candor_waiting', // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key
			'suppress_filters' => true,
		)
	);
	$waiting = array();
	foreach ( $ids as $id ) {
		$why = get_post_meta( $id, '_candor_waiting', true );
		if ( is_array( $why ) ) {
			$waiting[ $id ] = $why;
		}
	}
	uasort(
		$waiting,
		static function ( $a, $b ) {
			return $a['since'] <=> $b['since'];
		}
	);
	return $waiting;
}

/** Every published post is to be processed, once: the first time, and when Candor's rules have changed. */
function candor_begin_sweep() {
	update_option( 'candor_sweep', 0, false );
}

/** Also those that were processed under the rules as they are. */
function candor_process_all_again() {
	delete_post_meta_by_key( '_candor_revision' );
	candor_begin_sweep();
}

/** What happens every few minutes, for at most about twenty seconds. */
function candor_tick() {
	if ( ! candor_is_set_up() ) {
		return;
	}
	$end      = microtime( true ) + 20;
	$fallback = candor_fallback();
	if ( ! $fallback || time() - $fallback['at'] > DAY_IN_SECONDS ) {
		$told = candor_fetch_fallback();
		if ( is_wp_error( $told ) ) {
			return;
		}
	}
	delete_transient( 'candor_down' );
	candor_retry( $end, false );
	candor_sweep( $end );
	if ( microtime( true ) < $end ) {
		candor_refresh_figures( HOUR_IN_SECONDS );
	}
}

/** Tries posts that wait; `$all` also those whose next try is later. */
function candor_retry( $end, $all ) {
	foreach ( candor_waiting() as $id => $why ) {
		if ( microtime( true ) > $end || get_transient( 'candor_down' ) ) {
			return;
		}
		$post = get_post( $id );
		if ( $post && ( $all || $why['next'] <= time() ) ) {
			candor_process( $post );
		}
	}
}

/** Goes on through all published posts, by their ids. */
function candor_sweep( $end ) {
	global $wpdb;
	$after = get_option( 'candor_sweep', null );
	if ( null === $after ) {
		return;
	}
	$revision = candor_fallback()['revision'] ?? '';
	$types    = candor_post_types();
	$holes    = implode( ',', array_fill( 0, count( $types ), '%s' ) );
	while ( microtime( true ) < $end && ! get_transient( 'candor_down' ) ) {
		// phpcs:ignore WordPress.DB
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM $wpdb->posts WHERE ID > %d AND post_status = 'publish' AND post_type IN ($holes) ORDER BY ID LIMIT 20", array_merge( array( (int) $after ), $types ) ) );
		if ( ! $ids ) {
			delete_option( 'candor_sweep' );
			return;
		}
		foreach ( $ids as $id ) {
			if ( microtime( true ) > $end || get_transient( 'candor_down' ) ) {
				return;
			}
			$post = get_post( $id );
			if ( $post && get_post_meta( $id, '_candor_revision', true ) !== $revision ) {
				candor_process( $post );
			}
			$after = (int) $id;
			update_option( 'candor_sweep', $after, false );
		}
	}
}
