<?php
/**
 * Asks Candor's API. Never called while a page is rendered for readers.
 */

defined( 'ABSPATH' ) || exit;

/** array( 'url' => 'https://candor.example', 'token' => 'cnd_...' ), both perhaps empty. */
function candor_settings() {
	return wp_parse_args( get_option( 'candor_settings', array() ), array( 'url' => '', 'token' => '' ) );
}

function candor_is_set_up() {
	$settings = candor_settings();
	return '' !== $settings['url'] && '' !== $settings['token'];
}

/** Why an address cannot be used, or an empty string. The token must not travel in clear text. */
function candor_address_fault( $url ) {
	$parts = wp_parse_url( $url );
	if ( empty( $parts['scheme'] ) || empty( $parts['host'] ) || ! in_array( $parts['scheme'], array( 'http', 'https' ), true ) ) {
		return __( 'The address must begin with https://', 'candor' );
	}
	$loopback = in_array( $parts['host'], array( 'localhost', '127.0.0.1', '[::1]' ), true );
	if ( 'https' !== $parts['scheme'] && ! $loopback ) {
		return __( 'The address must begin with https://, since the token is sent along. http:// works on this machine only.', 'candor' );
	}
	return '';
}

/**
 * One request. Gives the decoded JSON, or a WP_Error that says in a sentence what to do.
 *
 * @param string      $method  "GET" or "POST".
 * @param string      $path    Below /api/v1, without query: "/inject".
 * @param array       $query   Parameters, not encoded.
 * @param string|null $body    HTML.
 * @param int         $seconds Until Candor counts as not answering.
 */
function candor_ask( $method, $path, $query = array(), $body = null, $seconds = 8 ) {
	$settings = candor_settings();
	if ( ! candor_is_set_up() ) {
		return new WP_Error( 'candor_not_set_up', __( 'Enter Candor\'s address and a token first.', 'candor' ) );
	}
	$fault = candor_address_fault( $settings['url'] );
	if ( '' !== $fault ) {
		return new WP_Error( 'candor_address', $fault );
	}
	$url = untrailingslashit( $settings['url'] ) . '/api/v1' . $path;
	if ( $query ) {
		$url .= '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
	}
	$answer = wp_remote_request(
		$url,
		array(
			'method'      => $method,
			'timeout'     => $seconds,
			'redirection' => 0, // The token is for this address only.
			'body'        => $body,
			'headers'     => array(
				'Authorization' => 'Bearer ' . $settings['token'],
				'Content-Type'  => 'text/html; charset=utf-8',
			),
		)
	);
	if ( is_wp_error( $answer ) ) {
		/* translators: 1: address, 2: reason */
		return new WP_Error( 'candor_unreachable', sprintf( __( '%1$s does not answer: %2$s', 'candor' ), $settings['url'], $answer->get_error_message() ) );
	}
	return candor_read_answer( $answer, $settings['url'] );
}

function candor_read_answer( $answer, $url ) {
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$json   = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 401 === $status ) {
		return new WP_Error( 'candor_token', __( 'Candor does not know this token. Make one on its machine: candor token add wordpress --scope pages', 'candor' ) );
	}
	if ( 200 === $status && is_array( $json ) ) {
		return $json;
	}
	if ( is_array( $json ) && isset( $json['detail'] ) && is_string( $json['detail'] ) ) {
		return new WP_Error( 'candor_refused', $json['detail'] );
	}
	/* translators: 1: address, 2: HTTP status */
	return new WP_Error( 'candor_answer', sprintf( __( '%1$s answers with status %2$d, and not as Candor does. Is it the address of Candor\'s dashboard?', 'candor' ), $url, $status ) );
}

/**
 * Fetches what pages are disclosed with while Candor cannot be asked, and keeps it.
 *
 * @return array|WP_Error
 */
function candor_fetch_fallback( $seconds = 8 ) {
	$told = candor_ask( 'GET', '/pages/fallback', array( 'page_language' => get_bloginfo( 'language' ) ), null, $seconds );
	if ( is_wp_error( $told ) ) {
		return $told;
	}
	foreach ( array( 'site', 'go_url', 'block', 'amazon_block', 'revision', 'version' ) as $name ) {
		if ( ! isset( $told[ $name ] ) || ! is_string( $told[ $name ] ) ) {
			return new WP_Error( 'candor_answer', __( 'Candor answers in a way this plugin does not know. Update both.', 'candor' ) );
		}
	}
	if ( empty( $told['rules'] ) || ! is_array( $told['rules'] ) ) {
		return new WP_Error( 'candor_answer', __( 'Candor told of no affiliate networks. Update both.', 'candor' ) );
	}
	$before        = candor_fallback();
	$told['at']    = time();
	$told['hosts'] = isset( $told['hosts'] ) && is_array( $told['hosts'] ) ? $told['hosts'] : array();
	update_option( 'candor_fallback', $told, false );
	if ( ! isset( $before['revision'] ) || $before['revision'] !== $told['revision'] ) {
		candor_begin_sweep();
	}
	return $told;
}

/** What was fetched last; an empty array before the first Test. */
function candor_fallback() {
	$kept = get_option( 'candor_fallback', array() );
	return is_array( $kept ) ? $kept : array();
}
