<?php
/**
 * Articles as readers get them: as Candor made them when they were saved, else disclosed locally. No network call here.
 */

defined( 'ABSPATH' ) || exit;

// Behind everything else, so that what blocks, shortcodes and other plugins add is seen, too.
add_filter( 'the_content', 'candor_the_content', PHP_INT_MAX );
add_action( 'template_redirect', 'candor_hold_headers', 0 );

/** The content that is collected instead of shown, while a post is prepared for Candor; null: it is shown. */
function &candor_collected() {
	static $collected = null;
	return $collected;
}

function candor_the_content( $content ) {
	$post      = get_post();
	$collected = &candor_collected();
	if ( ! is_string( $content ) || ! $post instanceof WP_Post || ! in_array( $post->post_type, candor_post_types(), true ) ) {
		return candor_with_images( $content );
	}
	if ( null !== $collected ) {
		$collected[] = $content;
		return $content;
	}
	// An excerpt is made of text alone: it has no links to disclose.
	if ( doing_filter( 'get_the_excerpt' ) || '' === $content ) {
		return candor_with_images( $content );
	}
	list( $masked, $names ) = candor_masked( $content );

	$hash  = hash( 'sha256', $masked );
	$known = get_post_meta( $post->ID, '_candor_pages', true );
	if ( is_array( $known ) && isset( $known[ $hash ] ) ) {
		$made = $known[ $hash ];
		return candor_with_images( null === $made['content'] ? $content : candor_unmasked( candor_with_head( $made ), $names ) );
	}
	$fallback = candor_fallback();
	if ( candor_networks_in( $content, $fallback ) ) {
		candor_forbid_storing();
		candor_keep_seen( $post, $hash, $masked );
		$content = candor_disclosed_locally( $content, $fallback, candor_article_path( $post ) );
	}
	return candor_with_images( $content );
}

// How an image loads depends on where it is shown; what is sent to Candor must not. So this comes last.
add_action( 'init', 'candor_move_images' );

function candor_move_images() {
	$priority = has_filter( 'the_content', 'wp_filter_content_tags' );
	if ( false !== $priority ) {
		remove_filter( 'the_content', 'wp_filter_content_tags', $priority );
		add_filter( 'candor_images', 'wp_filter_content_tags' );
	}
}

function candor_with_images( $content ) {
	return is_string( $content ) && has_filter( 'candor_images' ) ? wp_filter_content_tags( $content, 'the_content' ) : $content;
}

/** Scripts speak of one article: they go on its own page only. */
function candor_with_head( $made ) {
	$head = $made['head'];
	if ( ! is_singular() || is_feed() ) {
		$head = preg_replace( '#<script\b.*?</script\s*>#is', '', $head );
	}
	return $head . $made['content'];
}

/** Content that only readers see (a teaser, a shortcode that looks at the page) is kept for the next run. */
function candor_keep_seen( $post, $hash, $masked ) {
	if ( ! candor_is_set_up() || ! candor_is_public( $post ) || is_user_logged_in() || is_preview() || is_customize_preview() || strlen( $masked ) > MB_IN_BYTES ) {
		return;
	}
	// A post that waits as a whole is rendered anew when it is tried.
	$seen = get_post_meta( $post->ID, '_candor_seen', true );
	if ( '' === $seen && '' !== get_post_meta( $post->ID, '_candor_waiting', true ) ) {
		return;
	}
	$seen = is_array( $seen ) ? $seen : array();
	if ( isset( $seen[ $hash ] ) || count( $seen ) >= 3 ) {
		return;
	}
	$seen[ $hash ] = $masked;
	update_post_meta( $post->ID, '_candor_seen', wp_slash( $seen ) );
	candor_set_waiting( $post->ID, __( 'Readers see content that Candor has not seen yet.', 'candor' ), false );
}

/** A page that is disclosed locally is soon another one: no cache may keep it. */
function candor_forbid_storing() {
	global $candor_forbids_storing;
	$candor_forbids_storing = true;
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true ); // Read by plugins that cache pages.
	}
	candor_send_no_store();
}

function candor_send_no_store() {
	global $candor_forbids_storing;
	if ( $candor_forbids_storing && ! headers_sent() ) {
		header( 'Cache-Control: no-store' );
		header_remove( 'ETag' );
		header_remove( 'Last-Modified' );
		header_remove( 'Expires' );
	}
}

/** Themes print the page's head before its content is known: headers wait until the page is whole. */
function candor_hold_headers() {
	if ( candor_fallback() ) {
		ob_start(
			static function ( $page ) {
				candor_send_no_store();
				return $page;
			}
		);
	}
}
