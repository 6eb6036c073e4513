<?php
/**
 * Puts one of the owner's links into a post: a search in the block editor and in the classic one. The server asks
 * Candor, so that the token never reaches a browser.
 */

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', 'candor_register_search' );
add_action( 'admin_init', 'candor_register_scripts' );
add_action( 'enqueue_block_editor_assets', 'candor_load_block_picker' );
add_action( 'media_buttons', 'candor_show_classic_button', 20 );

function candor_register_search() {
	register_rest_route(
		'candor/v1',
		'/links',
		array(
			'methods'             => 'GET',
			'callback'            => 'candor_search_links',
			'permission_callback' => static function () {
				return current_user_can( 'edit_posts' );
			},
			'args'                => array(
				'search' => array(
					'type'              => 'string',
					'default'           => '',
					'maxLength'         => 200,
					'sanitize_callback' => 'sanitize_text_field',
				),
			),
		)
	);
}

/** [{"slug","title","network","url"}], 20 at most. */
function candor_search_links( $request ) {
	$found = candor_ask( 'GET', '/links', array( 'search' => $request['search'], 'limit' => 20 ), null, 5 );
	if ( is_wp_error( $found ) ) {
		return new WP_Error( $found->get_error_code(), $found->get_error_message(), array( 'status' => 502 ) );
	}
	$go    = candor_fallback()['go_url'] ?? '';
	$links = array();
	foreach ( $found['data'] ?? array() as $link ) {
		// A direct link (Amazon, eBay) is written as it is: its programme forbids to lead it through a redirect.
		$direct  = 'direct' === ( $link['state'] ?? '' );
		$links[] = array(
			'slug'    => (string) $link['slug'],
			'title'   => (string) ( $link['title'] ?? '' ),
			'network' => (string) ( $link['network'] ?? '' ),
			'url'     => $direct ? (string) $link['destination'] : $go . $link['slug'],
		);
	}
	return rest_ensure_response( $links );
}

function candor_register_scripts() {
	$base = plugins_url( 'js/', __DIR__ );
	wp_register_script( 'candor-search', $base . 'search.js', array( 'wp-api-fetch', 'wp-i18n' ), CANDOR_VERSION, true );
	wp_register_script( 'candor-block-picker', $base . 'block-picker.js', array( 'candor-search', 'wp-block-editor', 'wp-element', 'wp-i18n', 'wp-rich-text' ), CANDOR_VERSION, true );
	wp_register_script( 'candor-classic-picker', $base . 'classic-picker.js', array( 'candor-search', 'media-editor' ), CANDOR_VERSION, true );
}

function candor_load_block_picker() {
	if ( candor_is_set_up() ) {
		wp_enqueue_script( 'candor-block-picker' );
	}
}

function candor_show_classic_button() {
	if ( candor_is_set_up() && current_user_can( 'edit_posts' ) ) {
		wp_enqueue_script( 'candor-classic-picker' );
		echo '<button type="button" class="button candor-pick">' . esc_html__( 'Add affiliate link', 'candor' ) . '</button>';
	}
}
